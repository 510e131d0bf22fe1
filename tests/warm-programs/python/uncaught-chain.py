try:
    {}["key"]
except KeyError as problem:
    raise RuntimeError("from another") from problem
