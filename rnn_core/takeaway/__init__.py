"""What can be taken home: the weights of what is on the screen, and a script that prints its numbers without us."""
