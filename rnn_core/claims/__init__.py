"""What the article says of recurrent networks, each claim with the measurement that confirms or corrects it."""
