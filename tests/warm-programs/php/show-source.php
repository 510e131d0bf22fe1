<?php
show_source(__FILE__); // a comment
