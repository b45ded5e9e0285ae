"""Records the catalogue of the package xplainable-preprocessing: every type with its parameters, their defaults and the words
that they may be.

Run with a Python that has it: python tests/golden/record-catalogue.py > tests/golden/catalogue.json
"""

import inspect
import json
import math
import sys

import sklearn
import xplainable_preprocessing
from xplainable_preprocessing.registry import REGISTRY, REQUIRED_PARAMS


def default(value):
    if value is inspect.Parameter.empty:
        return {"required": True}
    if isinstance(value, float) and math.isnan(value):
        return {"default": "nan"}
    if isinstance(value, type):
        return {"default": value.__name__}
    return {"default": list(value) if isinstance(value, tuple) else value}


def own_words(cls):
    """Words that the package's own transformers list in constants of theirs, by parameter."""
    module = sys.modules[cls.__module__]
    constants = {
        "TextCleanTransformer": {"operations": ("OPERATIONS",)},
        "DateTimeExtractTransformer": {"components": ("COMPONENTS",), "as_categorical": ("CATEGORICAL_WIDTH",)},
        "RollingAggTransformer": {"operation": ("OPERATIONS",), "closed": ("CLOSED",)},
        "TimeLagTransformer": {"operations": ("OPERATIONS",), "dedupe": ("DEDUPE",)},
        "GroupBroadcastTransformer": {"op": ("OPS",), "time_unit": ("_UNIT_ALIASES",)},
        "TextFeaturesTransformer": {"features": ("FEATURES_V1",)},
    }.get(cls.__name__, {})
    # Words that stand in checks rather than in constants.
    checked = {
        "OrdinalMapTransformer": {"unknown": ["error", "nan"]},
        "ParseNumericTransformer": {"percent": ["fraction", "keep"], "ranges": ["high", "low", "mean"]},
        "TypeCastTransformer": {"errors": ["coerce", "raise"]},
    }.get(cls.__name__, {})
    return {**checked, **{parameter: sorted(getattr(cls, names[0], None) or getattr(module, names[0])) for parameter, names in constants.items()}}


def words(cls):
    found = own_words(cls)
    for parameter, constraints in getattr(cls, "_parameter_constraints", {}).items():
        options = [option for one in constraints if type(one).__name__ == "StrOptions" for option in one.options]
        if options:
            found[parameter] = sorted(options)
    return found


def main():
    types = {}
    for name, cls in REGISTRY.items():
        options = words(cls)
        parameters = {}
        for parameter in inspect.signature(cls.__init__).parameters.values():
            if parameter.name == "self":
                continue
            parameters[parameter.name] = {**default(parameter.default), **({"words": options[parameter.name]} if parameter.name in options else {})}
        types[name] = {"parameters": parameters, "required": [list(one) if isinstance(one, tuple) else [one] for one in REQUIRED_PARAMS.get(name, ())]}
    print(json.dumps({"package": "xplainable-preprocessing", "version": xplainable_preprocessing.__version__, "scikit-learn": sklearn.__version__, "types": types}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
