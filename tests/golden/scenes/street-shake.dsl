FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 60 @ 00:00:05.900 t=5900 pts=5.900000
  CAUSE shadow score=0.70 suppressed=yes
FRAME 63 @ 00:00:06.200 t=6200 pts=6.200000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 70 @ 00:00:06.900 t=6900 pts=6.900000
  CAUSE shake score=0.86 suppressed=yes
FRAME 101 @ 00:00:10.000 t=10000 pts=10.000000
  EVENT type=ENTER blob=3 dir=RIGHT since=9400 since_frame=95
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=APPEAR blob=4 dir=LEFT since=8300 since_frame=84
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 108 @ 00:00:10.700 t=10700 pts=10.700000
  EVENT type=DISAPPEAR blob=3 dir=TOWARD since=10500 since_frame=106
FRAME 112 @ 00:00:11.100 t=11100 pts=11.100000
  EVENT type=APPEAR blob=5 dir=TOWARD since=10600 since_frame=107
FRAME 118 @ 00:00:11.700 t=11700 pts=11.700000
  EVENT type=ENTER blob=6 dir=RIGHT since=10700 since_frame=108
FRAME 122 @ 00:00:12.100 t=12100 pts=12.100000
  EVENT type=APPEAR blob=7 dir=LEFT since=11300 since_frame=114
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=MERGE blob=1 dir=STATIC since=11800 since_frame=119 with=6
  EVENT type=MERGE blob=6 dir=STATIC since=11800 since_frame=119 with=1
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=5 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 67484e6291a40d99f3c1374609b67005603cfc39323c32898b0f47427087065e
