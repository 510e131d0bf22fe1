<?php
var_dump(ini_get('zend.assertions'), ini_get('assert.exception')); try { assert(1 > 2, 'words'); } catch (AssertionError $e) { echo $e->getMessage(), $e->getLine(); } assert(false);
