"""What runs inside the probed process. It imports the standard library and torch only, and torch only once the program itself has.

Nothing here may change what the program computes: no random number is drawn, no mode set, no tensor written, and whatever goes
wrong in here is noted in the record and never raised.
"""
