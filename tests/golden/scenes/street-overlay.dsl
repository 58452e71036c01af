FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 42 @ 00:00:04.100 t=4100 pts=4.100000
  CAUSE overlay score=0.90 suppressed=yes
FRAME 54 @ 00:00:05.300 t=5300 pts=5.300000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 64 @ 00:00:06.300 t=6300 pts=6.300000
  EVENT type=ENTER blob=3 dir=DOWN since=6100 since_frame=62
FRAME 67 @ 00:00:06.600 t=6600 pts=6.600000
  EVENT type=EXIT blob=3 dir=DOWN since=6500 since_frame=66
FRAME 71 @ 00:00:07.000 t=7000 pts=7.000000
  EVENT type=ENTER blob=4 dir=RIGHT since=6800 since_frame=69
FRAME 97 @ 00:00:09.600 t=9600 pts=9.600000
  EVENT type=ENTER blob=5 dir=RIGHT since=9400 since_frame=95
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  EVENT type=ENTER blob=6 dir=RIGHT since=10100 since_frame=102
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=7 dir=LEFT since=10600 since_frame=107
  EVENT type=DISAPPEAR blob=5 dir=TOWARD since=10500 since_frame=106
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=APPEAR blob=8 dir=DOWN since=11100 since_frame=112
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=MERGE blob=1 dir=STATIC since=11500 since_frame=116 with=6
  EVENT type=MERGE blob=6 dir=STATIC since=11500 since_frame=116 with=1
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=ENTER blob=9 dir=RIGHT since=12100 since_frame=122
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=7 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 cc6d8035f251b629152d31ceb43c4be67bbd00206b35084f8c21490efc9cdc76
