import logging
logging.warning("to stderr")
logging.basicConfig(format="%(levelname)s %(module)s %(filename)s:%(lineno)d %(processName)s %(threadName)s %(process)d")
logging.error("words")
