import site, sys
print(site.ENABLE_USER_SITE, site.getusersitepackages(), site.getusersitepackages(), site.getsitepackages(), hasattr(sys, "ps1"), "usercustomize" in sys.modules, "sitecustomize" in sys.modules)
print(exit, quit, type(help).__name__)
