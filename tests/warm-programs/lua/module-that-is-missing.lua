require("no.such.module")
