FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=ENTER blob=2 dir=LEFT since=5600 since_frame=57
  CAUSE shadow score=0.70 suppressed=yes
FRAME 66 @ 00:00:06.500 t=6500 pts=6.500000
  EVENT type=ENTER blob=3 dir=DOWN since=5800 since_frame=59
FRAME 72 @ 00:00:07.100 t=7100 pts=7.100000
  EVENT type=DISAPPEAR blob=3 dir=TOWARD since=6800 since_frame=69
FRAME 76 @ 00:00:07.500 t=7500 pts=7.500000
  CAUSE headlight score=0.95 suppressed=yes
FRAME 82 @ 00:00:08.100 t=8100 pts=8.100000
  EVENT type=APPEAR blob=4 dir=RIGHT since=7700 since_frame=78
FRAME 86 @ 00:00:08.500 t=8500 pts=8.500000
  EVENT type=ENTER blob=5 dir=LEFT since=5200 since_frame=53
  CAUSE shadow score=0.70 blob=5 suppressed=yes
FRAME 96 @ 00:00:09.500 t=9500 pts=9.500000
  EVENT type=APPEAR blob=6 dir=TOWARD since=8100 since_frame=82
FRAME 97 @ 00:00:09.600 t=9600 pts=9.600000
  EVENT type=DISAPPEAR blob=6 dir=TOWARD since=9500 since_frame=96
FRAME 100 @ 00:00:09.900 t=9900 pts=9.900000
  EVENT type=ENTER blob=7 dir=RIGHT since=9500 since_frame=96
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  EVENT type=DISAPPEAR blob=7 dir=TOWARD
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=8 dir=DOWN since=10400 since_frame=105
FRAME 111 @ 00:00:11.000 t=11000 pts=11.000000
  EVENT type=STOP blob=1 dir=STATIC since=9300 since_frame=94
  EVENT type=EXIT blob=8 dir=DOWN since=10900 since_frame=110
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  EVENT type=DISAPPEAR blob=4 dir=RIGHT since=8600 since_frame=87
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=ENTER blob=9 dir=RIGHT since=10100 since_frame=102
FRAME 122 @ 00:00:12.100 t=12100 pts=12.100000
  EVENT type=APPEAR blob=10 dir=TOWARD since=11800 since_frame=119
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=10 dir=LEFT since=12500 since_frame=126
# all 130 frames: sha256 76c7c248a1a283be4d3ffb927232fb9a68d52c9680feaa9cda29101eed21f5fc
