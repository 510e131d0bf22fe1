p ARGV, $0, $PROGRAM_NAME, $*, __FILE__, __dir__, __method__.inspect, ARGF.filename, ARGF.argv, $FILENAME
