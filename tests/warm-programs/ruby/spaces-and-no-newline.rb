   
	p __LINE__;p(__FILE__)
