class Person; def name = 1; end
begin Person.new.nmae; rescue NoMethodError => e; puts e.message end
begin Strin; rescue NameError => e; puts e.message end
begin { foo: 1 }.fetch(:fo); rescue KeyError => e; puts e.message end
begin require "jsn"; rescue LoadError => e; puts e.message, e.path end
lenght = 1
lenhgt
