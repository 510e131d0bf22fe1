puts <<A, __LINE__
text
A
raise 'line 4'
