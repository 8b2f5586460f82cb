"""Every chart: arrays in, a `Picture` out. The only room that imports Plotly; computes nothing that a page quotes."""

from rnn_core.figures.accuracy_by_model import accuracy_by_model
from rnn_core.figures.attention_map import attention_map
from rnn_core.figures.beam_tree import Branch, beam_tree, beam_width
from rnn_core.figures.bottleneck import Counts, accuracy_by_kanji, bottleneck
from rnn_core.figures.carried import carried
from rnn_core.figures.circuit_values import circuit_values
from rnn_core.figures.cliff import cliff
from rnn_core.figures.clipping import clipping
from rnn_core.figures.confusion import confusion
from rnn_core.figures.cursor import with_cursor
from rnn_core.figures.difference import difference
from rnn_core.figures.digit_answers import digit_answers
from rnn_core.figures.explanation import agreement, explanation
from rnn_core.figures.feelings import feelings
from rnn_core.figures.feelings_by_word import feelings_by_word
from rnn_core.figures.film_surprise import film_surprise
from rnn_core.figures.forecast_coverage import forecast_coverage
from rnn_core.figures.forecast_error import Errors, forecast_error
from rnn_core.figures.forecast_influence import forecast_influence
from rnn_core.figures.forecast_prices import forecast_prices
from rnn_core.figures.gates import gates
from rnn_core.figures.gradient_norms import gradient_norms, gradient_reach
from rnn_core.figures.heatmap import heatmap
from rnn_core.figures.influence_map import influence_across, influence_decades, influence_map
from rnn_core.figures.influence_sides import influence_side
from rnn_core.figures.ledger import ledger, ledger_state
from rnn_core.figures.length_accuracy import length_accuracy
from rnn_core.figures.meaning import unit_clamped, unit_meaning
from rnn_core.figures.movement import movement, movement_judged, movement_most
from rnn_core.figures.networks import called
from rnn_core.figures.next_note import next_note
from rnn_core.figures.next_word import next_word
from rnn_core.figures.novelty import Found, novelty
from rnn_core.figures.output_change import output_change
from rnn_core.figures.parameter_counts import parameter_counts
from rnn_core.figures.parameters_by_length import parameters_by_length
from rnn_core.figures.parity_by_length import parity_by_length
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.reach import reach
from rnn_core.figures.recall_by_pairs import recall_by_pairs, recall_rewritten
from rnn_core.figures.reply_change import reply_change
from rnn_core.figures.reply_order import reply_order
from rnn_core.figures.revealed import revealed
from rnn_core.figures.rounds_by_epoch import rounds_by_epoch
from rnn_core.figures.rounds_by_network import NetworkRounds, order_said, rounds_by_network
from rnn_core.figures.run_lines import run_loss, run_norms
from rnn_core.figures.run_maps import run_reach, run_states
from rnn_core.figures.scan_costs import scan_costs
from rnn_core.figures.scan_times import scan_times
from rnn_core.figures.spectrum import spectrum
from rnn_core.figures.speech_probability import speech_probability
from rnn_core.figures.standalone import standalone
from rnn_core.figures.state_plane import axes_named, state_plane
from rnn_core.figures.step_stretch import common_decades, step_stretch
from rnn_core.figures.tag_scores import tag_scores
from rnn_core.figures.theme import Theme
from rnn_core.figures.time_by_length import time_generation, time_training, trained
from rnn_core.figures.training_loss import training_loss
from rnn_core.figures.turning import turning
from rnn_core.figures.unit_lines import unit_lines
from rnn_core.figures.video_blur import video_blur
from rnn_core.figures.video_drift import video_drift
from rnn_core.figures.video_gradient import video_gradient
from rnn_core.figures.video_rollout import video_rollout
from rnn_core.figures.video_worst import video_worst
from rnn_core.figures.votes import votes
from rnn_core.figures.weight_shares import weight_shares
from rnn_core.figures.words import Words
from rnn_core.figures.words_read_back import words_read_back
from rnn_core.figures.work_by_length import multiply_adds, numbers_kept
from rnn_core.figures.worth import Measured, worth

__all__ = [
    "Branch",
    "Counts",
    "Errors",
    "Found",
    "Legend",
    "Mark",
    "Measured",
    "NetworkRounds",
    "Picture",
    "Theme",
    "Words",
    "accuracy_by_kanji",
    "accuracy_by_model",
    "agreement",
    "attention_map",
    "axes_named",
    "beam_tree",
    "beam_width",
    "bottleneck",
    "called",
    "carried",
    "circuit_values",
    "cliff",
    "clipping",
    "common_decades",
    "confusion",
    "difference",
    "digit_answers",
    "explanation",
    "feelings",
    "feelings_by_word",
    "film_surprise",
    "forecast_coverage",
    "forecast_error",
    "forecast_influence",
    "forecast_prices",
    "gates",
    "gradient_norms",
    "gradient_reach",
    "heatmap",
    "influence_across",
    "influence_decades",
    "influence_map",
    "influence_side",
    "ledger",
    "ledger_state",
    "length_accuracy",
    "movement",
    "movement_judged",
    "movement_most",
    "multiply_adds",
    "next_note",
    "next_word",
    "novelty",
    "numbers_kept",
    "order_said",
    "output_change",
    "parameter_counts",
    "parameters_by_length",
    "parity_by_length",
    "reach",
    "recall_by_pairs",
    "recall_rewritten",
    "reply_change",
    "reply_order",
    "revealed",
    "rounds_by_epoch",
    "rounds_by_network",
    "run_loss",
    "run_norms",
    "run_reach",
    "run_states",
    "scan_costs",
    "scan_times",
    "spectrum",
    "speech_probability",
    "standalone",
    "state_plane",
    "step_stretch",
    "tag_scores",
    "time_generation",
    "time_training",
    "trained",
    "training_loss",
    "turning",
    "unit_clamped",
    "unit_lines",
    "unit_meaning",
    "video_blur",
    "video_drift",
    "video_gradient",
    "video_rollout",
    "video_worst",
    "votes",
    "weight_shares",
    "with_cursor",
    "words_read_back",
    "worth",
]
