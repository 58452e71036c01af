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
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=EXIT blob=3 dir=DOWN since=5900 since_frame=60
FRAME 71 @ 00:00:07.000 t=7000 pts=7.000000
  EVENT type=ENTER blob=4 dir=RIGHT since=6800 since_frame=69
FRAME 95 @ 00:00:09.400 t=9400 pts=9.400000
  CAUSE sway score=0.69 suppressed=yes
FRAME 97 @ 00:00:09.600 t=9600 pts=9.600000
  EVENT type=ENTER blob=5 dir=RIGHT since=9400 since_frame=95
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  EVENT type=ENTER blob=6 dir=RIGHT since=10100 since_frame=102
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=DISAPPEAR blob=6 dir=LEFT since=10300 since_frame=104
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=APPEAR blob=7 dir=TOWARD since=9700 since_frame=98
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=DISAPPEAR blob=5 dir=TOWARD since=10500 since_frame=106
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=8 dir=LEFT since=10600 since_frame=107
  EVENT type=ENTER blob=9 dir=RIGHT since=10700 since_frame=108
FRAME 116 @ 00:00:11.500 t=11500 pts=11.500000
  EVENT type=APPEAR blob=10 dir=LEFT since=11300 since_frame=114
FRAME 118 @ 00:00:11.700 t=11700 pts=11.700000
  EVENT type=DISAPPEAR blob=7 dir=TOWARD since=10700 since_frame=108
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=MERGE blob=1 dir=STATIC since=11500 since_frame=116 with=9
  EVENT type=MERGE blob=9 dir=STATIC since=11500 since_frame=116 with=1
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=ENTER blob=11 dir=RIGHT since=12100 since_frame=122
  EVENT type=DISAPPEAR blob=9 dir=LEFT since=11800 since_frame=119
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=8 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 4d258ec68ca34517fb651a768e50d42d1d261ec0747dd85f02ddf91fd081f808
