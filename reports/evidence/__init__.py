"""Files that reporters add.

On arrival a file is only measured, recognised by its leading bytes, hashed and sealed; no decoder of pictures or PDFs
ever faces the internet. What staff look at is a stripped copy that is made at the desk, in a child process with limits
on memory, time and open files, when a file is first opened with a reason.
"""
