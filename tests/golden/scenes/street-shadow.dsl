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
FRAME 82 @ 00:00:08.100 t=8100 pts=8.100000
  EVENT type=ENTER blob=3 dir=RIGHT since=6900 since_frame=70
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=ENTER blob=4 dir=RIGHT since=9400 since_frame=95
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=DISAPPEAR blob=3 dir=LEFT since=10400 since_frame=105
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=STOP blob=1 dir=STATIC since=9800 since_frame=99
FRAME 121 @ 00:00:12.000 t=12000 pts=12.000000
  EVENT type=APPEAR blob=5 dir=LEFT since=11100 since_frame=112
FRAME 125 @ 00:00:12.400 t=12400 pts=12.400000
  EVENT type=SPLIT blob=2 dir=STATIC since=12100 since_frame=122 with=5
  EVENT type=SPLIT blob=5 dir=STATIC since=12100 since_frame=122 with=2
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=ENTER blob=6 dir=RIGHT since=12200 since_frame=123
  EVENT type=EXIT blob=5 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 b080c3257043256ed6668aa237109b8e39eea5d663565998bf4dedf9a8c1f4b8
