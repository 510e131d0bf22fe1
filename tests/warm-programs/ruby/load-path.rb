puts $:, $LOAD_PATH.equal?($:), $LOAD_PATH.resolve_feature_path("set").inspect, $LOAD_PATH.resolve_feature_path("nothing").inspect
$:.unshift "/box/lib"; p $:.first, $-I.first
