"""Power cuts on paper: record what a program writes, then stop the world after any call.

``recorder.c`` notes every change to files below one folder; ``replay`` builds what a disk would
hold had the power gone at that point; the tests open each of these and look for losses.
"""
