try { require('./nothing'); } catch (error) { console.log(error.code, error.message, error.requireStack); }
try { require('lodash'); } catch (error) { console.log(error.code, error.message); }
try { require(''); } catch (error) { console.log(error.code, error.message); }
require('node:nothing');
