import logging, sys, traceback, warnings


class Insufficient(Exception):
    def __init__(self, need, have):
        super().__init__(f"need {need}, have {have}")
        self.need = need


def pay(amount):
    try:
        if amount > 10:
            raise Insufficient(amount, 10)
        return 10 / amount
    except ZeroDivisionError as e:
        raise ValueError("nothing to pay") from e
    finally:
        print("paid", amount)


for amount in (5, 0, 20):
    try:
        print(pay(amount))
    except (Insufficient, ValueError) as e:
        print(type(e).__name__, e, type(e.__cause__).__name__, len(traceback.extract_tb(e.__traceback__)))
try:
    {}["missing"]
except KeyError:
    print(traceback.format_exc().splitlines()[-1])
logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message)s"); logging.warning("careful")
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); warnings.warn("old"); print(len(w), w[0].message)
try:
    raise ExceptionGroup("many", [ValueError(1), TypeError(2)])
except* ValueError as g:
    print(g.exceptions)
except* TypeError as g:
    print(len(g.exceptions))
