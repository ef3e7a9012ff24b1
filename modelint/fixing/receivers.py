"""How the code names a model: at its forward, and in the functions that led there.

`train_step(model, batch)` called from `epoch(net)` as `train_step(net, b)` means that `model` there is `net` here.
"""

from __future__ import annotations

import ast

from modelint.events import Forward
from modelint.fixing.code import Code, Function
from modelint.fixing.names import bound_in, keys_of, module_names, parameters

_FORWARD = ".forward"


def receiver_at(code: Code, forward: Forward) -> ast.expr | None:
    """The expression that is the model at its forward; None if it is not one that can be written elsewhere."""
    call = code.call_at(forward.site.span)
    if call is None:
        return None
    receiver = _called(call, forward)
    if receiver is None or keys_of(receiver) is None:
        return None
    root = _root(receiver)
    if root is None or (root in module_names(code) and root not in _local_names(code, call)):
        return None
    return receiver


def _called(call: ast.Call, forward: Forward) -> ast.expr | None:
    text = forward.model.text
    candidates = [call.func, call.func.value] if isinstance(call.func, ast.Attribute) else [call.func]
    for candidate in candidates:
        written = ast.unparse(candidate)
        if text and text in (written.removesuffix(_FORWARD), written):
            if isinstance(candidate, ast.Attribute) and candidate.attr == "forward":
                return candidate.value
            return candidate
    if not text and not forward.method:
        # What is no dotted name has no text: an item of a list, the result of a call.
        return call.func
    return None


def caller_receiver(
    code: Code, call: ast.Call, receiver: ast.expr, callee: Function | None, *, is_method: bool
) -> ast.expr | None:
    """What `receiver` in the function `callee` is where `call` calls that function; None if it cannot be said."""
    root = _root(receiver)
    if root is None or callee is None or root in set(bound_in(callee.body)):
        return None
    names = parameters(callee)
    if root not in names:
        # A global keeps its name, as far as it is one at the call too.
        return receiver if root not in _local_names(code, call) else None
    argument = _argument(call, names, root, is_method=is_method)
    if argument is None or keys_of(argument) is None:
        return None
    return _replaced(receiver, argument)


def _argument(call: ast.Call, names: list[str], name: str, *, is_method: bool) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    position = names.index(name)
    bound = is_method and isinstance(call.func, ast.Attribute)
    if bound:
        if position == 0:
            return _owner(call.func)
        position -= 1
    given = call.args[: position + 1]
    if len(given) <= position or any(isinstance(argument, ast.Starred) for argument in given):
        return None
    return given[position]


def _owner(function: ast.expr) -> ast.expr | None:
    """What a method is called on; `super()` is `self`."""
    if not isinstance(function, ast.Attribute):
        return None
    match function.value:
        case ast.Call(func=ast.Name(id="super"), args=[]):
            return ast.Name("self", ast.Load())
        case value:
            return value


def _replaced(receiver: ast.expr, argument: ast.expr) -> ast.expr:
    """`receiver` with its root name replaced by what was given for it."""
    if isinstance(receiver, ast.Name):
        return argument
    written = ast.unparse(receiver)
    root = _root(receiver) or ""
    return ast.parse(ast.unparse(argument) + written[len(root) :], mode="eval").body


def _root(receiver: ast.expr) -> str | None:
    while isinstance(receiver, (ast.Attribute, ast.Subscript)):
        receiver = receiver.value
    return receiver.id if isinstance(receiver, ast.Name) else None


def _local_names(code: Code, node: ast.AST) -> set[str]:
    """What the functions around a node bind."""
    found: set[str] = set()
    for scope in code.scopes(node):
        if isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found |= {*parameters(scope), *bound_in(scope.body)}
    return found


def is_module_method(code: Code, function: Function | None) -> bool:
    """The function is a method of a class that says that it is a module: it has a `forward`, or a base called so."""
    owner = code.parent(function) if function is not None else None
    if not isinstance(owner, ast.ClassDef):
        return False
    if any(isinstance(each, ast.FunctionDef) and each.name == "forward" for each in owner.body):
        return True
    bases = [ast.unparse(base).rpartition(".")[2] for base in owner.bases]
    return any(base.endswith("Module") for base in bases)


def is_method(code: Code, function: Function | None) -> bool:
    """The function is defined in a class and takes the object first."""
    if function is None or not isinstance(code.parent(function), ast.ClassDef):
        return False
    return "staticmethod" not in [ast.unparse(each) for each in function.decorator_list]


def written(code: Code, receiver: ast.expr) -> str:
    """A receiver as the file writes it, if it stands there in one line; with its quotes, that is."""
    plain = ast.unparse(receiver)
    try:
        text = code.source(receiver)
        return text if "\n" not in text and ast.unparse(ast.parse(text, mode="eval")) == plain else plain
    except (SyntaxError, AttributeError):
        # Made of two expressions, or of none in this file.
        return plain
