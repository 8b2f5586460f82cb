"""One recurrent layer, exactly: its equations, what was recorded of it, and values held in it."""
