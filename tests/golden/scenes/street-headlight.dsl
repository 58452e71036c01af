FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 57 @ 00:00:05.600 t=5600 pts=5.600000
  EVENT type=ENTER blob=2 dir=LEFT since=5200 since_frame=53
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=ENTER blob=3 dir=LEFT since=5600 since_frame=57
FRAME 64 @ 00:00:06.300 t=6300 pts=6.300000
  EVENT type=ENTER blob=4 dir=DOWN since=5800 since_frame=59
FRAME 72 @ 00:00:07.100 t=7100 pts=7.100000
  EVENT type=DISAPPEAR blob=4 dir=TOWARD since=6800 since_frame=69
FRAME 76 @ 00:00:07.500 t=7500 pts=7.500000
  CAUSE headlight score=0.95 suppressed=yes
FRAME 82 @ 00:00:08.100 t=8100 pts=8.100000
  EVENT type=APPEAR blob=5 dir=RIGHT since=7700 since_frame=78
FRAME 87 @ 00:00:08.600 t=8600 pts=8.600000
  EVENT type=APPEAR blob=6 dir=DOWN since=8200 since_frame=83
FRAME 91 @ 00:00:09.000 t=9000 pts=9.000000
  EVENT type=DISAPPEAR blob=6 dir=DOWN since=8600 since_frame=87
FRAME 92 @ 00:00:09.100 t=9100 pts=9.100000
  EVENT type=APPEAR blob=7 dir=TOWARD since=8100 since_frame=82
FRAME 94 @ 00:00:09.300 t=9300 pts=9.300000
  EVENT type=MERGE blob=2 dir=STATIC since=9000 since_frame=91 with=3
  EVENT type=MERGE blob=3 dir=STATIC since=9000 since_frame=91 with=2
FRAME 96 @ 00:00:09.500 t=9500 pts=9.500000
  EVENT type=DISAPPEAR blob=7 dir=TOWARD
FRAME 100 @ 00:00:09.900 t=9900 pts=9.900000
  EVENT type=ENTER blob=8 dir=RIGHT since=9500 since_frame=96
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  EVENT type=DISAPPEAR blob=8 dir=TOWARD
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=APPEAR blob=9 dir=DOWN since=10300 since_frame=104
  EVENT type=APPEAR blob=10 dir=DOWN since=10400 since_frame=105
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=EXIT blob=9 dir=DOWN since=10600 since_frame=107
FRAME 111 @ 00:00:11.000 t=11000 pts=11.000000
  EVENT type=STOP blob=1 dir=STATIC since=9300 since_frame=94
  EVENT type=EXIT blob=10 dir=DOWN since=10900 since_frame=110
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  EVENT type=DISAPPEAR blob=5 dir=RIGHT since=8600 since_frame=87
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=ENTER blob=11 dir=RIGHT since=10100 since_frame=102
FRAME 118 @ 00:00:11.700 t=11700 pts=11.700000
  EVENT type=APPEAR blob=12 dir=TOWARD since=11400 since_frame=115
FRAME 121 @ 00:00:12.000 t=12000 pts=12.000000
  EVENT type=APPEAR blob=13 dir=LEFT since=11800 since_frame=119
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=EXIT blob=13 dir=LEFT since=12000 since_frame=121
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=APPEAR blob=14 dir=DOWN since=12600 since_frame=127
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=12 dir=LEFT since=12500 since_frame=126
# all 130 frames: sha256 9fbc4b22ad414c9395587546caad44f28ead14ed5879d08b09f6fb0e3ef88aa4
