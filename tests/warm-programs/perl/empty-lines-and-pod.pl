
=pod

Words that are no program.

=cut

print __LINE__, "\n";
