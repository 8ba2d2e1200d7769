"""The peer's end of a long-lived process: tells its modes, then runs a round for each line read (see ../side.ts)."""
import json
import os
import sys

# What libraries print must not get between the lines of JSON.
ANSWERS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def serve(modes):
    """modes: name -> function that runs one round and returns (value, numbers that both sides must agree on)."""
    say(dict(modes=list(modes)))
    for line in sys.stdin:
        try:
            value, check = modes[json.loads(line)["mode"]]()
            say(dict(value=value, check=check))
        except Exception as error:
            say(dict(error=f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"))


def say(answer):
    print(json.dumps(answer), file=ANSWERS, flush=True)
