FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 54 @ 00:00:05.300 t=5300 pts=5.300000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 57 @ 00:00:05.600 t=5600 pts=5.600000
  EVENT type=ENTER blob=3 dir=DOWN since=5400 since_frame=55
FRAME 62 @ 00:00:06.100 t=6100 pts=6.100000
  CAUSE ir_switch score=0.94 suppressed=yes
FRAME 79 @ 00:00:07.800 t=7800 pts=7.800000
  EVENT type=ENTER blob=4 dir=DOWN since=7400 since_frame=75
FRAME 80 @ 00:00:07.900 t=7900 pts=7.900000
  EVENT type=EXIT blob=1 dir=DOWN since=6000 since_frame=61
  EVENT type=DISAPPEAR blob=2 dir=TOWARD since=6000 since_frame=61
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  EVENT type=APPEAR blob=5 dir=RIGHT since=7800 since_frame=79
FRAME 82 @ 00:00:08.100 t=8100 pts=8.100000
  EVENT type=APPEAR blob=6 dir=RIGHT since=7800 since_frame=79
  EVENT type=APPEAR blob=7 dir=RIGHT since=7900 since_frame=80
FRAME 86 @ 00:00:08.500 t=8500 pts=8.500000
  EVENT type=MERGE blob=5 dir=STATIC since=8200 since_frame=83 with=7
  EVENT type=MERGE blob=7 dir=STATIC since=8200 since_frame=83 with=5
  EVENT type=DISAPPEAR blob=6 dir=RIGHT since=8100 since_frame=82
FRAME 87 @ 00:00:08.600 t=8600 pts=8.600000
  EVENT type=EXIT blob=3 dir=DOWN since=7400 since_frame=75
FRAME 90 @ 00:00:08.900 t=8900 pts=8.900000
  EVENT type=APPEAR blob=8 dir=LEFT since=8700 since_frame=88
FRAME 98 @ 00:00:09.700 t=9700 pts=9.700000
  EVENT type=ENTER blob=9 dir=RIGHT since=9500 since_frame=96
FRAME 103 @ 00:00:10.200 t=10200 pts=10.200000
  EVENT type=DISAPPEAR blob=5 dir=TOWARD
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=ENTER blob=10 dir=RIGHT since=10100 since_frame=102
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=APPEAR blob=11 dir=LEFT since=10300 since_frame=104
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=ENTER blob=12 dir=RIGHT since=10500 since_frame=106
  EVENT type=SPLIT blob=9 dir=STATIC since=10500 since_frame=106 with=10
  EVENT type=SPLIT blob=10 dir=STATIC since=10500 since_frame=106 with=9
FRAME 111 @ 00:00:11.000 t=11000 pts=11.000000
  EVENT type=DISAPPEAR blob=11 dir=LEFT since=10500 since_frame=106
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  EVENT type=SPLIT blob=9 dir=STATIC since=10900 since_frame=110 with=12
  EVENT type=SPLIT blob=12 dir=STATIC since=10900 since_frame=110 with=9
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  EVENT type=DISAPPEAR blob=10 dir=TOWARD since=11100 since_frame=112
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=9 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 4dea2187406183b03367a44e49dc2c18182ac2fcf3dbf6772bde550981f44469
