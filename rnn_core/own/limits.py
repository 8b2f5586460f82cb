"""How large a file, a network and its inputs may be; known before torch is there."""

MOST_MEGABYTES = 64  # of a file of weights
MOST_WEIGHTS = 1 << 25  # recurrent ones of such a file, as many as it can have in half precision
MOST_INPUT_MEGABYTES = 8  # of a file of numbers to read
MOST_UNITS, MOST_LAYERS, MOST_INPUTS = 1024, 4, 4096
MOST_STEPS = 200
