# exrun: {"files": [{"path": "encodings.py", "content": "print('encodings')\n"}, {"path": "io.py", "content": "print('io')\n"}, {"path": "os.py", "content": "print('os')\n"}, {"path": "runpy.py", "content": "print('runpy')\n"}, {"path": "codecs.py", "content": "print('codecs')\n"}, {"path": "zipimport.py", "content": "print('zip')\n"}, {"path": "pkgutil.py", "content": "print('pkgutil')\n"}, {"path": "__main__.py", "content": "print('main')\n"}]}
import encodings, io, os, codecs, zipimport
print([getattr(one, "__file__", "built in") for one in (encodings, io, os, codecs, zipimport)])
