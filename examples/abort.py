# Expect: crashed, by SIGABRT. Ends itself by a signal.
import os

os.abort()
