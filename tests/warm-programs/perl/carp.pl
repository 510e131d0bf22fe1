use Carp qw(cluck confess); sub f { cluck "here" } f(1); sub g { confess "there" } g("x", 2);
