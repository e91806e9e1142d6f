"""导入: a table from outside, looked over before it is taken in."""
