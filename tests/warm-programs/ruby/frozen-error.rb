CONSTANT = "x".freeze
begin CONSTANT << "y"; rescue => e; p e, e.receiver end
CONSTANT = 2
1.instance_variable_set(:@a, 1)
