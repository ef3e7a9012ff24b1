"""The runtime probe: runs real models in a subprocess and reports what happened as the events that the interpreter emits too.

parent.py      starts the subprocess, limits and ends it
protocol.py    what crosses the border: settings to it, a record from it
inside/        what runs there: the standard library and torch, nothing else of modelint
translate.py   from the record to events
"""
