"""Training sets for Mini-Storytellers: who teaches, what is asked, what is kept, how it is written."""
