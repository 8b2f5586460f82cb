"""What a change does on its way through time: derivatives of the steps, gradients, influence, eigenvalues."""
