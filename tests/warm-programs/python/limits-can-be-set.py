import resource
for name in ("RLIMIT_NOFILE", "RLIMIT_CPU", "RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_STACK", "RLIMIT_CORE", "RLIMIT_AS"):
    soft, hard = resource.getrlimit(getattr(resource, name))
    for pair in ((1, hard), (hard, hard), (hard, hard + 1 if hard > 0 else -1)):
        try:
            resource.setrlimit(getattr(resource, name), pair)
            print(name, "set", pair)
        except (ValueError, OSError) as problem:
            print(name, problem)
