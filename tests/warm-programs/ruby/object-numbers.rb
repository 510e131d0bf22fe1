a = Object.new; b = "x"
p b.object_id - a.object_id, a.object_id, Object.new.object_id, nil.object_id, true.object_id, 1.object_id, :a.to_proc.object_id
