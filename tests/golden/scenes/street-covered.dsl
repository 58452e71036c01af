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
FRAME 91 @ 00:00:09.000 t=9000 pts=9.000000
  STATE covered since=9000 score=0.92
# all 130 frames: sha256 ed15a4be78d70482ab5dc9787db1fdcb723ebd2ae3a9441fc34633943cb05c02
