"""网上申请: what residents sent by the mini-program."""
