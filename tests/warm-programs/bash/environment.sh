env | sort; echo; tr '\0' '\n' </proc/$$/environ
