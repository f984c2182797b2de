package cdk_ivs.rules
import rego.v1

violation contains finding("IVS-015", name, "Properties.IngestProtocol", []) if {
	some name in resources_of_type("AWS::IVS::IngestConfiguration")
	not is_chosen_elsewhere(name, "Properties.IngestProtocol")
	not is_chosen_elsewhere(name, "Properties.InsecureIngest")
	some properties in cases(name, ["IngestProtocol", "InsecureIngest"])
	properties.IngestProtocol == "RTMP"
	is_refused_or_absent(properties)
}

is_refused_or_absent(properties) if is_absent(properties, ["InsecureIngest"])

is_refused_or_absent(properties) if is_no(properties.InsecureIngest)

violation contains finding("IVS-016", name, "Properties.InsecureIngest", []) if {
	some name in resources_of_type("AWS::IVS::IngestConfiguration")
	has(name, "InsecureIngest")
	not is_chosen_elsewhere(name, "Properties.InsecureIngest")
	some properties in cases(name, ["InsecureIngest"])
	is_yes(properties.InsecureIngest)
}

video_cases(name) := [video |
	has(name, "Video")
	some properties in cases(name, ["Video"])
	video := properties.Video
	is_plain(video)
]

violation contains finding("IVS-017", name, sprintf("Properties.Video.%s", [side]), [side, size]) if {
	some name in resources_of_type("AWS::IVS::EncoderConfiguration")
	some video in video_cases(name)
	some side in ["Width", "Height"]
	size := to_whole(video[side])
	floor(size) % 2 == 1
	not is_chosen_elsewhere(name, sprintf("Properties.Video.%s", [side]))
}

violation contains finding("IVS-018", name, "Properties.Video", [width, height]) if {
	some name in resources_of_type("AWS::IVS::EncoderConfiguration")
	some video in video_cases(name)
	width := size_or_default(video, "Width", 1280)
	height := size_or_default(video, "Height", 720)
	width * height > 2073600
	not is_chosen_elsewhere(name, "Properties.Video.Width")
	not is_chosen_elsewhere(name, "Properties.Video.Height")
}

size_or_default(video, side, default_size) := default_size if is_absent(video, [side])

size_or_default(video, side, _) := to_whole(video[side])
