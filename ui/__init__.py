"""The window."""

from desk import memory

# The first module of the window that is loaded: behind it come those that ask for OpenSSL.
memory.leave_out_openssl()
