FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 60 @ 00:00:05.900 t=5900 pts=5.900000
  CAUSE shadow score=0.70 suppressed=yes
FRAME 62 @ 00:00:06.100 t=6100 pts=6.100000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 73 @ 00:00:07.200 t=7200 pts=7.200000
  EVENT type=ENTER blob=3 dir=RIGHT since=6800 since_frame=69
FRAME 99 @ 00:00:09.800 t=9800 pts=9.800000
  EVENT type=ENTER blob=4 dir=RIGHT since=9400 since_frame=95
FRAME 108 @ 00:00:10.700 t=10700 pts=10.700000
  EVENT type=STOP blob=1 dir=STATIC since=9200 since_frame=93
  EVENT type=DISAPPEAR blob=4 dir=TOWARD since=10500 since_frame=106
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=5 dir=LEFT since=10600 since_frame=107
FRAME 118 @ 00:00:11.700 t=11700 pts=11.700000
  EVENT type=ENTER blob=6 dir=RIGHT since=10600 since_frame=107
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  EVENT type=MERGE blob=1 dir=STATIC since=11800 since_frame=119 with=6
  EVENT type=MERGE blob=6 dir=STATIC since=11800 since_frame=119 with=1
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=5 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 d99fb48ae7d924d001d200f64eaa6589ad9d9b9fd76951e800793fd291ae0a82
