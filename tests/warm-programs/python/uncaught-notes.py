problem = ValueError("with notes")
problem.add_note("one")
problem.add_note("two")
raise problem
