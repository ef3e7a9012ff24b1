"""What the parameters are of a function that nobody calls: unknown, or what their annotations say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modelint.interpreter.arguments import Arguments
from modelint.interpreter.attributes import get_attribute
from modelint.interpreter.heap import Object
from modelint.interpreter.state import UNKNOWN_MODE, State
from modelint.interpreter.values import UNKNOWN, Class, ClassInfo, Data, Function, Key, Ref, Value
from modelint.ir.module import FunctionIR
from modelint.program.classes import is_abstract, written_own

if TYPE_CHECKING:
    from modelint.interpreter.frame import Frame
    from modelint.interpreter.machine import Machine


def symbolic(machine: Machine, state: State, ir: FunctionIR, path: str, frame: Frame, skip: int) -> Arguments:
    """Arguments for all parameters of a function in the file `path`, but the first `skip`, and others where it takes any number."""
    values: dict[str, Value] = {}
    for parameter in ir.parameters[skip:]:
        if parameter.kind not in ("positional", "normal", "keyword"):
            continue
        key = ("parameter", path, ir.index, parameter.name, frame.context)
        values[parameter.name] = _annotated(machine, state, parameter.annotation, path, key, frame) or Data(key)
    takes_more = any("star" in parameter.kind for parameter in ir.parameters)
    return Arguments((), values, UNKNOWN if takes_more else None)


def _annotated(machine: Machine, state: State, annotation: str, path: str, key: Key, frame: Frame) -> Value | None:
    """A model of the class, in whatever mode; or an object of which only the class is known, if its methods have to do with models."""
    value = _resolve(machine, state, annotation, path, frame) if annotation else None
    if type(value) is not Class:
        return None
    oid = machine.identity(("annotated", key))
    if value.info.is_module:
        machine.log.note(oid, "annotation")
        state.add(oid, Object("symbol", value.info))
        state.set_mode(oid, UNKNOWN_MODE)
        return Ref(oid)
    if not _is_worth_knowing(machine, value.info):
        return None
    methods = [each.ir for base in value.info.mro for each in base.attributes.values() if type(each) is Function]
    names = {name for method in methods for name in written_own(method)}
    return state.add(oid, Object("instance", value.info, attributes={name: Data((*key, name)) for name in sorted(names)}))


def _is_worth_knowing(machine: Machine, info: ClassInfo) -> bool:
    """Whether the methods of a class of the project are known, and one of them has to do with models. Where the project derives other
    classes from it, an object may be of one of these."""
    if info.unresolved_base or any(base.is_stub for base in info.mro) or machine.linker.has_subclasses(info):
        return False
    methods = [each for each in info.attributes.values() if type(each) is Function]
    if any(is_abstract(each.ir) for each in methods):
        return False
    return machine.relevance is not None and any(machine.relevance.matters(each.module, each.ir) for each in methods)


def _resolve(machine: Machine, state: State, dotted: str, path: str, frame: Frame) -> Value | None:
    first, *rest = dotted.split(".")
    value = machine.linker.namespace(machine, state, path).attributes.get(first)
    for name in rest:
        if value is None:
            return None
        found = get_attribute(machine, state, value, name, frame, frame.ir.header)
        value = found[0][1] if len(found) == 1 and found[0][0] is state else None
    return value
