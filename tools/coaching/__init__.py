"""The rules of the Coaching Field Guide: pure functions on plain data, standard library only.

Nothing here reads a file, a clock or a network, or makes a random choice: these come in as arguments, so that
the same call gives the same answer in a test, in the build and in a reader's browser.
"""
