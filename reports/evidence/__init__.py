"""Files that reporters add.

During upload a file is only measured, identified by its leading bytes, hashed and sealed; no image or PDF decoder is
exposed to the internet. Staff look at a stripped copy, which is rendered at the desk when a file is first opened with a
reason, in a child process with limits on memory, time and open files.
"""
