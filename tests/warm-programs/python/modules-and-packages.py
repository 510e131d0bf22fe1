# exrun: {"files": [{"path": "shop/__init__.py", "content": "from .cart import Cart\nprint('shop', __name__, __file__, __path__)\n"}, {"path": "shop/cart.py", "content": "class Cart:\n    def total(self): return 7\nprint(__name__, __package__)\n"}, {"path": "data/prices.csv", "content": "a;1\n"}]}
import shop, sys
print(shop.Cart().total(), open("data/prices.csv").read(), shop.__cached__, sorted(name for name in sys.modules if "shop" in name), sys.path_importer_cache.keys())
