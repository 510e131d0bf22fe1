# encoding: klingon
p 1
