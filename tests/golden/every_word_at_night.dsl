# streamware-dsl version=1 analyser=0.1.0+dev settings=""
# camera name="back \"yard\", złota 7" size=1920x1081 work=480x270 fps=12.5 clock=utc
# units t=ms pts=s motion_pct=% pos=0..1 size=0..1 vel=1/frame vel_s=1/s coast=frames area=px dist=1 speed=1/frame speed_s=1/s since=ms score=0..1
FRAME 9007199254740991 @ 00:59:59.999 t=1761440399999 pts=-0.000001 skipped=7
  DELTA motion_pct=100.0% regions=4096
  EVENT type=ENTER blob=0 dir=LEFT
  EVENT type=EXIT blob=1 dir=RIGHT
  EVENT type=MOVE blob=2 dir=UP
  EVENT type=STOP blob=3 dir=DOWN
  EVENT type=APPEAR blob=4 dir=TOWARD
  EVENT type=DISAPPEAR blob=5 dir=AWAY
  EVENT type=SPLIT blob=6 dir=STATIC
  EVENT type=MERGE blob=7 dir=LEFT
  EVENT type=CROSS blob=8 dir=RIGHT
  EVENT type=DROP blob=9 dir=UP
  EVENT type=TAKE blob=10 dir=DOWN
FRAME 2 @ 01:00:00.000 t=1761440400000 pts=-12345.678901
  DELTA motion_pct=0.0% regions=0
  CAUSE light score=0.00 suppressed=yes
  CAUSE ir_switch score=0.01 suppressed=no
  CAUSE headlight score=0.02 suppressed=yes
  CAUSE shadow score=0.03 suppressed=no
  CAUSE reflection score=0.04 suppressed=yes
  CAUSE rain score=0.05 suppressed=no
  CAUSE snow score=0.06 suppressed=yes
  CAUSE noise score=0.07 suppressed=no
  CAUSE insect score=0.08 suppressed=yes
  CAUSE sway score=0.09 suppressed=no
  CAUSE shake score=0.10 suppressed=yes
  CAUSE overlay score=0.11 suppressed=no
  CAUSE decode_loss score=0.12 suppressed=yes
  CAUSE absorbed score=0.13 suppressed=no
FRAME 3 @ 01:59:59.999 t=1761443999999 pts=95443.717688
  DELTA motion_pct=0.0% regions=0
  BLOB id=0 pos=(1.234,-0.001) size=(0.000,0.000) vel=(-12.3456,0.0000) vel_s=(999999.9999,-0.0001) coast=40
  EVENT type=ENTER blob=0 dir=STATIC zone=""
  EVENT type=ENTER blob=0 dir=STATIC zone=" "
  EVENT type=ENTER blob=0 dir=STATIC zone="a=b"
  EVENT type=ENTER blob=0 dir=STATIC zone="\""
  EVENT type=ENTER blob=0 dir=STATIC zone="\\"
  EVENT type=ENTER blob=0 dir=STATIC zone="Tür\n2\u2028"
  EVENT type=ENTER blob=0 dir=STATIC zone=porch
  STATE online since=1761440399999
  STATE connecting since=1761440399999
  STATE offline since=1761440399999
  STATE stalled since=1761440399999
  STATE doubtful since=1761440399999
  STATE warmup since=1761440399999
  STATE frozen since=1761440399999
  STATE covered since=1761440399999
  STATE defocused since=1761440399999
  STATE dirty since=1761440399999
  STATE moved since=1761440399999
  STATE clock_step since=1761440399999
  STATE offline since=0 why=refused
  STATE offline since=0 why=dns
  STATE offline since=0 why=tls
  STATE offline since=0 why=auth
  STATE offline since=0 why=not_found
  STATE offline since=0 why=codec
  STATE offline since=0 why=no_bytes
  STATE offline since=0 why=lost
  STATE offline since=0 why=no_frames
  STATE offline since=0 why=no_keyframe
  STATE offline since=0 why=gap
  STATE offline since=0 why=decoder
  STATE offline since=0 why=equal
  STATE offline since=0 why=clock_only
  STATE offline since=0 why=quiet
  STATE offline since=0 why=cpu
  STATE offline since=0 why=heat
  STATE offline since=0 why=power
  STATE offline since=0 why=memory
  STATE online since=-1 rung=keyframes
  STATE stalled since=0 why=no_frames rung="one in 4"
