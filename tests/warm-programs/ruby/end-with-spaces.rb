p defined?(DATA)
__END__ 
