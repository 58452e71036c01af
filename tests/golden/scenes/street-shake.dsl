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
  EVENT type=EXIT blob=3 dir=DOWN since=6000 since_frame=61
FRAME 70 @ 00:00:06.900 t=6900 pts=6.900000
  CAUSE shake score=0.86 suppressed=yes
FRAME 86 @ 00:00:08.500 t=8500 pts=8.500000
  EVENT type=APPEAR blob=4 dir=LEFT since=8300 since_frame=84
FRAME 100 @ 00:00:09.900 t=9900 pts=9.900000
  EVENT type=ENTER blob=5 dir=RIGHT since=9400 since_frame=95
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 108 @ 00:00:10.700 t=10700 pts=10.700000
  EVENT type=DISAPPEAR blob=5 dir=TOWARD since=10500 since_frame=106
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=6 dir=LEFT since=10600 since_frame=107
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=ENTER blob=7 dir=RIGHT since=10700 since_frame=108
FRAME 116 @ 00:00:11.500 t=11500 pts=11.500000
  EVENT type=APPEAR blob=8 dir=LEFT since=11300 since_frame=114
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=MERGE blob=1 dir=STATIC since=11500 since_frame=116 with=7
  EVENT type=MERGE blob=7 dir=STATIC since=11500 since_frame=116 with=1
FRAME 123 @ 00:00:12.200 t=12200 pts=12.200000
  EVENT type=ENTER blob=9 dir=RIGHT since=12000 since_frame=121
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=DISAPPEAR blob=7 dir=LEFT since=11800 since_frame=119
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=6 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 333e9021f3850daa33d780fdd9f4dcd264600f31291a86285200fecd83ecadb7
